package tocsin.audience;

import org.jspecify.annotations.Nullable;

/**
 * In which form a webhook wants its events, how they are signed, and whom to ask when it fails.
 *
 * @param contact an e-mail address; null: nobody
 */
public record WebhookForm(Dialect dialect, SignatureScheme signature, @Nullable String contact) {
  /** What holds where nothing was said, and on other channels. */
  public static final WebhookForm USUAL = new WebhookForm(Dialect.NATIVE, SignatureScheme.V1, null);

  /** Without the address. */
  @Override
  public String toString() {
    return "WebhookForm[" + dialect.word() + " " + signature.word() + "]";
  }
}
