package tocsin.demo;

/**
 * Which update a message tells, in which language.
 *
 * @param sequence of the update within its incident
 * @param language {@code en}, {@code de}
 */
public record Telling(int sequence, String language) {}
