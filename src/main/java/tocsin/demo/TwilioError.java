package tocsin.demo;

import io.vertx.core.json.JsonObject;

/**
 * How Twilio says no.
 *
 * @param status of the HTTP answer
 * @param code Twilio's own
 */
record TwilioError(int status, int code, String message) {
  JsonObject json() {
    return new JsonObject()
        .put("code", code)
        .put("message", message)
        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
        .put("status", status);
  }
}
