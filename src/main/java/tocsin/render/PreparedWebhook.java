package tocsin.render;

/**
 * An event, the same for everyone of one update, locale and zone.
 *
 * @param body JSON in UTF-8; shared, never written to
 */
@SuppressWarnings("ArrayRecordComponent") // shared bytes, never compared
public record PreparedWebhook(byte[] body) implements Prepared {}
