package tocsin.dispatch;

import tocsin.channel.Reason;

/**
 * A task that its line has no room for in memory.
 *
 * @param line the limit or host that it waits for
 * @param reason a limit, or that the host is down
 */
record Excess(Ready ready, String line, Reason reason) {}
