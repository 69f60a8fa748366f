package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class HeaderTextTest {
  private static JsonObject printed(MultiMap headers) {
    return new JsonObject(String.valueOf(HeaderText.of(headers)));
  }

  @Test
  void noRequestHasNoHeaders() {
    assertThat(HeaderText.of(null)).isNull();
    assertThat(HeaderText.of(MultiMap.caseInsensitiveMultiMap())).isEqualTo("{}");
  }

  @Test
  void namesAreInLowerCaseAndValuesOfOneNameTogether() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Trace", "a").add("x-trace", "b");

    assertThat(printed(headers)).isEqualTo(new JsonObject().put("x-trace", "a, b"));
  }

  @Test
  void secretsAreLeftOut() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Set-Cookie", "a")
            .add("Cookie", "b")
            .add("Authorization", "c")
            .add("Proxy-Authorization", "d");

    assertThat(HeaderText.of(headers)).isEqualTo("{}");
  }

  @Test
  void anythingInAValueIsStillJson() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("x", "\"quoted\" \\ \u0007 \u00e9 \u2028 \uD83D");

    assertThat(printed(headers).getString("x")).isEqualTo("\"quoted\" \\ ? ? ? ?");
  }

  @Test
  void atMostTwentyAreKeptAndOfEachValue256Characters() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < 30; i++) {
      headers.add("x-" + i, "v".repeat(1_000));
    }

    JsonObject kept = printed(headers);

    assertThat(kept.size()).isEqualTo(20);
    assertThat(kept.getMap().values()).containsOnly("v".repeat(256));
  }

  @Test
  void theSignatureOfEightKeysIsKeptWholeAndIsBoundedToo() {
    String whole = "v1,".concat("s".repeat(60)).concat(" ").repeat(8).strip();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("webhook-signature", whole);

    assertThat(printed(headers).getString("webhook-signature")).isEqualTo(whole);

    headers.set("webhook-signature", "s".repeat(5_000));
    assertThat(printed(headers).getString("webhook-signature")).hasSize(1_024);
  }
}
