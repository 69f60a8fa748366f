package tocsin.api;

import tocsin.config.Settings.PemFiles;

/** No server can show this certificate; the message says which, and why. */
public final class UnusableCertificateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableCertificateException(PemFiles files, Throwable cause) {
    super(
        "the certificate "
            + files.certificate()
            + " with the key "
            + files.key()
            + " cannot be used: "
            + cause.getMessage(),
        cause);
  }
}
