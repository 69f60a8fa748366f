package tocsin.audience;

/** The words that somebody agreed to: their id, and which version of them was on show. */
public record Wording(String id, int version) {}
