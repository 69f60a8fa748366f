package tocsin.dispatch;

import java.time.Duration;
import java.time.Instant;

/** When the last recipient of a channel is expected to have been told. */
public record LastSend(Duration in, Instant at) {}
