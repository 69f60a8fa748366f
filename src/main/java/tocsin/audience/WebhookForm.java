package tocsin.audience;

/** In which form a webhook wants its events, and how they are signed. */
public record WebhookForm(Dialect dialect, SignatureScheme signature) {
  /** What holds where nothing was said, and on other channels. */
  public static final WebhookForm USUAL = new WebhookForm(Dialect.NATIVE, SignatureScheme.V1);
}
