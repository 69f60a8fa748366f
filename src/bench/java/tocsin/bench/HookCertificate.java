package tocsin.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/**
 * A certificate for every host of the benchmark, signed by itself.
 *
 * @param trust what a JVM that trusts it, and nobody else, is given
 */
record HookCertificate(Path chain, Path key, Path trust) {
  static final String DOMAIN = "hooks.example";
  static final String PASSWORD = "benchmark";

  static HookCertificate make() throws IOException, InterruptedException, GeneralSecurityException {
    Path folder = Options.FOLDER.toAbsolutePath();
    HookCertificate made =
        new HookCertificate(
            folder.resolve("hooks.pem"), folder.resolve("hooks.key"), folder.resolve("hooks.p12"));
    Tool.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=" + DOMAIN,
        "-addext",
        "subjectAltName=DNS:*." + DOMAIN,
        "-keyout",
        made.key.toString(),
        "-out",
        made.chain.toString());
    made.writeTrust();
    return made;
  }

  private void writeTrust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(chain)) {
      store.setCertificateEntry(
          "hooks", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    try (OutputStream out = Files.newOutputStream(trust)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }
}
