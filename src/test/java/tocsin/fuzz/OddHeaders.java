package tocsin.fuzz;

import java.util.List;
import java.util.Random;

/** Lines of a head that no browser sends, or not here. */
record OddHeaders(Random random) {
  private static final List<String> LINES =
      List.of(
          "Accept: ",
          "Accept: text/html;q=9, */*;q=-1, ;;;",
          "Accept: " + "a/b,".repeat(1_500),
          "Accept-Language: *;q=x",
          "Accept-Language: de;q=1e9, -, _, en--US;;",
          "Accept-Language: " + "x-".repeat(2_000),
          "Accept-Language: \u00ff\u00fe",
          "Accept-Encoding: gzip;q=0, identity;q=0, *;q=0",
          "Authorization: Bearer",
          "Authorization: Bearer \u00ff",
          "Authorization: Basic Og==",
          "Authorization: Bearer " + "k".repeat(5_000),
          "Connection: upgrade, keep-alive, close, ,",
          "Content-Encoding: gzip",
          "Content-Length: -1",
          "Content-Length: 5",
          "Content-Length: 99999999999999999999",
          "Content-Type: ",
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: application/json; charset=nonsense",
          "Content-Type: multipart/form-data",
          "Content-Type: multipart/form-data; boundary=",
          "Content-Type: multipart/form-data; boundary=" + "b".repeat(3_000),
          "Content-Type: application/x-www-form-urlencoded; charset=nonsense",
          "Content-Type: text/plain",
          "Content-Type: ;;;",
          "Cookie: " + "a=b; ".repeat(500),
          "Expect: 100-continue",
          "Expect: everything",
          "Forwarded: for=\"[::1\";;",
          "Host: ",
          "Host: evil.example:99999",
          "Host: [::1",
          "Idempotency-Key: ",
          "Idempotency-Key: \u00e4",
          "Idempotency-Key: " + "k".repeat(300),
          "Idempotency-Key: \"open",
          "If-Modified-Since: yesterday",
          "If-None-Match: *",
          "If-None-Match: \"" + "e".repeat(3_000),
          "Last-Event-ID: -1",
          "Origin: null",
          "Range: bytes=-1-,9-0",
          "Sec-Fetch-Site: cross-site",
          "TE: trailers",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: x",
          "Upgrade: h2c",
          "Upgrade: websocket",
          "User-Agent: " + "\u00ff".repeat(3_000),
          "User-Agent: a\0b",
          "X-Forwarded-For: ",
          "X-Forwarded-For: unknown, _hidden, 999.1.1.1, [::, %eth0",
          "X-Forwarded-For: 1.2.3.4,".repeat(1_000),
          "X-Forwarded-Proto: gopher",
          "X-Twilio-Signature: \u00ff=",
          "X-" + "x".repeat(17_000) + ": y",
          "Folded: a\r\n b",
          "No colon",
          ": no name",
          "Bad name : x",
          "Nul\0name: x");

  String next() {
    return LINES.get(random.nextInt(LINES.size()));
  }
}
