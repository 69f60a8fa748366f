package tocsin.render;

/**
 * A text message, the same for everyone of one update, locale and zone.
 *
 * @param segments what the provider will bill and pace
 */
public record PreparedSms(String text, int segments) implements Prepared {}
