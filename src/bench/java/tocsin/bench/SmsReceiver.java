package tocsin.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** Takes every message, as Twilio would, with one and the same answer. */
final class SmsReceiver {
  private static final String CREATED =
      """
      {"account_sid": "AC%1$s", "api_version": "2010-04-01", "body": "taken",
       "date_created": "Thu, 24 Aug 2023 05:01:45 +0000", "date_sent": null,
       "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000", "direction": "outbound-api",
       "error_code": null, "error_message": null, "from": "+15005550006",
       "messaging_service_sid": null, "num_media": "0", "num_segments": "1", "price": null,
       "price_unit": null, "sid": "SM%1$s", "status": "queued", "subresource_uris": {},
       "to": "+15005550009", "uri": "/2010-04-01/Accounts/AC%1$s/Messages/SM%1$s.json"}
      """
          .formatted("a".repeat(32));

  private SmsReceiver() {}

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx.createHttpServer().requestHandler(SmsReceiver::take).listen(0, "127.0.0.1").await();
    Commands.serve(line -> "http://127.0.0.1:" + server.actualPort());
    vertx.close().await();
  }

  private static void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(form ->
            request
                .response()
                .setStatusCode(201)
                .putHeader("content-type", "application/json")
                .end(CREATED));
  }
}
