package tocsin.channel.http;

import io.vertx.core.http.HttpClientConnection;

/**
 * A connection between two requests.
 *
 * @param since when its last answer had come, by System.nanoTime()
 */
record Kept(Route route, HttpClientConnection connection, long since) {}
