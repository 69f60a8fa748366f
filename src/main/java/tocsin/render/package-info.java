/**
 * An update, a locale and a zone become a prepared message, once; per recipient only slots are
 * patched. Pure: no I/O after the templates are read.
 */
@NullMarked
package tocsin.render;

import org.jspecify.annotations.NullMarked;
