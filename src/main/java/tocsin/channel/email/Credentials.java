package tocsin.channel.email;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tocsin.config.Settings.Login;

/** Who we are to a mail server, as one AUTH dialogue shows it (RFC 4954). */
sealed interface Credentials {

  /**
   * What to say.
   *
   * @param answers to the server's questions, in their order
   */
  record Dialogue(String command, List<String> answers) {
    @Override
    public String toString() {
      return "Dialogue[***]";
    }
  }

  /** No mechanism of these suits: empty. */
  Optional<Dialogue> dialogue(List<String> mechanisms);

  /** Whether these words give the secret away, as it is or as it is sent. */
  boolean isShownIn(String words);

  /** A token is read anew each time, since it is short-lived. */
  static Credentials read(Login login) throws IOException {
    return switch (login) {
      case Login.Password(String username, var password) ->
          new Password(username, password.value());
      case Login.Token(String username, var file) ->
          new Token(username, Files.readString(file).strip());
    };
  }

  /** PLAIN (RFC 4616), else LOGIN. */
  record Password(String username, String password) implements Credentials {
    @Override
    public Optional<Dialogue> dialogue(List<String> mechanisms) {
      if (mechanisms.contains("PLAIN")) {
        return Optional.of(new Dialogue("AUTH PLAIN " + plain(), List.of()));
      }
      return mechanisms.contains("LOGIN")
          ? Optional.of(new Dialogue("AUTH LOGIN", List.of(base64(username), base64(password))))
          : Optional.empty();
    }

    private String plain() {
      return base64("\0" + username + "\0" + password);
    }

    @Override
    public boolean isShownIn(String words) {
      return Stream.of(password, base64(password), plain()).anyMatch(words::contains);
    }

    @Override
    public String toString() {
      return "Password[***]";
    }
  }

  /** XOAUTH2; a refusal comes as a question that wants an empty answer. */
  record Token(String username, String token) implements Credentials {
    @Override
    public Optional<Dialogue> dialogue(List<String> mechanisms) {
      if (!mechanisms.contains("XOAUTH2")) {
        return Optional.empty();
      }
      return Optional.of(new Dialogue("AUTH XOAUTH2 " + bearer(), List.of("")));
    }

    private String bearer() {
      return base64("user=" + username + "\1auth=Bearer " + token + "\1\1");
    }

    @Override
    public boolean isShownIn(String words) {
      return Stream.of(token, bearer()).anyMatch(words::contains);
    }

    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
