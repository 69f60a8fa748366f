/**
 * How long to wait before a send: rates per key, as data that changes at run time, kept by all
 * nodes together. The arithmetic and why it holds: {@link tocsin.limit.Spacing}; where nodes share
 * it: {@link tocsin.limit.Slots}; what a node does with its part: {@link tocsin.limit.Limiter}.
 */
@NullMarked
package tocsin.limit;

import org.jspecify.annotations.NullMarked;
