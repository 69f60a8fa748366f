package tocsin.demo;

import java.time.Instant;

/** An update that the gateway accepted. */
public record Posted(String incident, int sequence, Instant at) {

  /** Of the update, in the API. */
  public String path() {
    return "/v1/incidents/" + incident + "/updates/" + sequence;
  }
}
