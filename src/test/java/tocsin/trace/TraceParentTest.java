package tocsin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void whatIsPrintedIsReadAgain() {
    SpanContext span = TraceParent.parse(HEADER);

    assertThat(span.isValid()).isTrue();
    assertThat(span.isSampled()).isTrue();
    assertThat(TraceParent.print(span)).isEqualTo(HEADER);
    assertThat(TraceParent.parse(HEADER.replace("-01", "-00")).isSampled()).isFalse();
  }

  @Test
  void aLaterVersionMaySayMore() {
    assertThat(TraceParent.parse("01" + HEADER.substring(2) + "-later").isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01"
      })
  void whatIsNoneBeginsATraceOfItsOwn(String header) {
    assertThat(TraceParent.parse(header).isValid()).isFalse();
  }
}
