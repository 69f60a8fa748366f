package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.util.zip.CRC32;

/**
 * A file that pages are made of, under a name that changes with it, so that it caches well.
 *
 * @param path without a leading slash, for links from pages at any depth
 */
record Asset(String path, String mediaType, Buffer content) {

  static Asset of(String name, String mediaType, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    int dot = name.lastIndexOf('.');
    String path =
        "assets/%s-%08x%s".formatted(name.substring(0, dot), sum.getValue(), name.substring(dot));
    return new Asset(path, mediaType, Buffer.buffer(content));
  }

  static Asset of(String name, String mediaType, String content) {
    return of(name, mediaType + "; charset=utf-8", content.getBytes(UTF_8));
  }

  /** A picture of a stranger's making runs nothing, also where it is opened by itself. */
  void mount(Router router) {
    router
        .get("/" + path)
        .handler(context ->
            context
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .end(content));
  }
}
