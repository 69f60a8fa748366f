package tocsin.render;

/**
 * What everyone of one update, channel, locale and zone gets, but for what is patched per
 * recipient.
 */
public sealed interface Prepared permits PreparedEmail, PreparedSms, PreparedWebhook {}
