package tocsin.channel.email;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate, made by the JDK's own tool. */
public record Certificate(KeyStore store, Path folder) {
  private static final String PASSWORD = "changeit";

  /**
   * @param name as keytool writes it, {@code ip:127.0.0.1} or {@code dns:mail.example.org}
   */
  public static Certificate of(String name, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    return of(name, folder, "-0d");
  }

  /** One that has not been valid for long. */
  public static Certificate outOfDate(String name, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    return of(name, folder, "-1y");
  }

  private static Certificate of(String name, Path folder, String from)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "mail",
                    "-keyalg",
                    "RSA",
                    "-dname",
                    "CN=mail",
                    "-ext",
                    "SAN=" + name,
                    "-startdate",
                    from,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .inheritIO()
            .start();
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Certificate(store, folder);
  }

  /** Of who shows it. */
  public SSLContext owner() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Of who trusts it and no other. */
  public SSLContext visitor() throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** What whoever trusts it lists. */
  public Path pem() throws GeneralSecurityException, IOException {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getCertificate("mail").getEncoded());
    Path file = folder.resolve("ca.pem");
    return Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  /** The certificate and its key, as a server reads them. */
  public Path chain() throws GeneralSecurityException, IOException {
    byte[] key = store.getKey("mail", PASSWORD.toCharArray()).getEncoded();
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return Files.writeString(
        folder.resolve("chain.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + base64
            + "\n-----END PRIVATE KEY-----\n"
            + Files.readString(pem()));
  }
}
