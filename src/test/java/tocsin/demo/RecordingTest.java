package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  private static final String FIRST =
      "{'title':'T','posted':'2026-01-15T10:30:00-05:00','update':{'status':'identified','body':'b'}}";
  private static final String SECOND =
      "{'after':'PT1H','nextUpdateIn':'PT10M','update':{'status':'monitoring','body':'b'}}";

  @Test
  void incidentAndItsUpdatesAreRead() throws Exception {
    Recording recording = read(FIRST + "\n\n" + SECOND + "\n");

    assertThat(recording.title()).isEqualTo("T");
    assertThat(recording.id()).isNull();
    assertThat(recording.steps()).hasSize(2);
    assertThat(recording.posted(2)).isEqualTo(OffsetDateTime.parse("2026-01-15T11:30:00-05:00"));
  }

  @Test
  void promiseIsCompressedLikeTheWaits() throws Exception {
    Pace pace = new Pace(600, Duration.ofSeconds(3));
    Step step = read(FIRST + "\n" + SECOND).steps().get(1);

    assertThat(pace.of(step.after())).isEqualTo(Duration.ofSeconds(3));
    assertThat(step.at(Instant.parse("2026-01-15T10:30:00Z"), pace).getString("nextUpdateBy"))
        .isEqualTo("2026-01-15T10:30:01Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'update':{'status':'identified','body':'b'}} | line 1: title: the first line names the incident",
        "{'title':'T','update':{'status':'lost','body':'b'}} | line 1: update.status: unknown",
        "{'title':'T','update':{'status':'identified'}} | line 1: update.body: missing",
        "{'title':'T'} | line 1: update: an object, as the API takes it",
        "{'title':'T','posted':'noon','update':{'status':'identified','body':'b'}} | line 1: posted: a time with its offset, such as 2026-01-15T10:30:00-05:00",
        "{'title':1,'update':{'status':'identified','body':'b'}} | line 1: title: text in quotes",
        "[] | line 1: not a JSON object",
        "{ | line 1: not a JSON object"
      })
  void wrongFirstLineIsNamed(String line, String problem) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOfSatisfying(
            RecordingException.class, e -> assertThat(e.problems()).contains(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'update':{'status':'resolved','body':'b'}} | line 3: after: how long after the line before, such as PT6M",
        "{'after':'6 min','update':{'status':'resolved','body':'b'}} | line 3: after: a duration from PT0S to PT8784H, such as PT6M",
        "{'after':'-PT6M','update':{'status':'resolved','body':'b'}} | line 3: after: a duration from PT0S to PT8784H, such as PT6M",
        "{'after':'PT6M','titel':'x','update':{'status':'resolved','body':'b'}} | line 3: titel: unknown here; known are [after, nextUpdateIn, update]",
        "{'after':'PT6M','nextUpdateIn':'PT1M','update':{'status':'resolved','body':'b','nextUpdateBy':'x'}} | line 3: nextUpdateIn: either this or update.nextUpdateBy"
      })
  void wrongLaterLineIsNamedByItsNumber(String line, String problem) {
    assertThatThrownBy(() -> read(FIRST + "\n" + SECOND + "\n" + line))
        .isInstanceOfSatisfying(
            RecordingException.class, e -> assertThat(e.problems()).containsExactly(problem));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThatThrownBy(() -> read(FIRST + "\n{\n" + SECOND + "\nx"))
        .hasMessage("line 2: not a JSON object\nline 4: not a JSON object");
  }

  @Test
  void emptyFileIsNoRecording() {
    assertThatThrownBy(() -> read("\n")).hasMessage("line 1: holds no incident");
  }

  private static Recording read(String lines) throws IOException, RecordingException {
    return Replay.read(new BufferedReader(new StringReader(lines.replace('\'', '"'))));
  }
}
