package tocsin.dispatch;

import tocsin.render.Prepared;

/** A task with what it will send and what that asks of the limits. */
record Ready(Task task, Prepared prepared, Demands demands) {}
