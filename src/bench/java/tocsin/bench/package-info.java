/**
 * Benchmarks: each measures us against a reference, in turns, in one run, and says it in one line.
 *
 * <pre>
 *   Main --&gt; Bench --&gt; Turns --&gt; Reading, Reading --&gt; Line
 *              |
 *              +--&gt; Workbench: PostgreSQL, child JVMs that hold a gateway or a part of one
 * </pre>
 */
@NullMarked
package tocsin.bench;

import org.jspecify.annotations.NullMarked;
