package tocsin.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wants no more is understood, and nobody who does not say so. */
class ReplyWordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        " stop\n",
        "Stop!",
        "stopall",
        "Unsubscribe",
        "CANCEL",
        "end",
        "quit",
        "revoke",
        "opt out",
        "Opt-Out",
        "STOPP",
        "Abmelden",
        "abbestellen.",
        "Ende",
        "Kündigen",
        "please stop",
        "Please STOP texting me, thanks",
        "stop sending me messages",
        "Don't text me again",
        "don’t send me any more messages",
        "Do not contact me anymore",
        "remove me from your list",
        "take me off this list please",
        "no more texts",
        "opt me out",
        "leave me alone",
        "I want to unsubscribe",
        "bitte stopp",
        "Bitte nicht mehr",
        "keine SMS mehr!",
        "Bitte keine weiteren Nachrichten",
        "nicht mehr schreiben",
        "mich bitte abmelden",
        "Melden Sie mich ab",
        "Hören Sie auf",
        "Lasst mich in Ruhe"
      })
  void leavingIsUnderstood(String text) {
    assertThat(ReplyWord.of("", text)).contains(ReplyWord.STOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "please don't stop",
        "do not start",
        "when will it stop",
        "the stop light is broken",
        "we cannot cancel orders",
        "endpoint",
        "is this the end of it",
        "nicht stoppen",
        "die Abmeldung geht nicht",
        "thank you",
        "ok",
        "nonstop"
      })
  void nobodyElseLeaves(String text) {
    assertThat(ReplyWord.of("", text)).isEmpty();
  }

  @Test
  void twiliosReadingGoesFirst() {
    assertThat(ReplyWord.of("STOP", "Arrêt")).contains(ReplyWord.STOP);
    assertThat(ReplyWord.of("HELP", "Hilfe")).contains(ReplyWord.HELP);
    assertThat(ReplyWord.of("START", "stop")).contains(ReplyWord.START);
  }

  @Test
  void helpIsToldFromHelpThatTwilioDoesNotKnow() {
    assertThat(ReplyWord.of("", "help")).contains(ReplyWord.HELP);
    assertThat(ReplyWord.of("", "Hilfe?")).contains(ReplyWord.HILFE);
  }

  @Test
  void aLongTextIsNoWord() {
    assertThat(ReplyWord.of("", "stop " + "now ".repeat(100))).isEmpty();
  }
}
