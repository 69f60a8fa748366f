/**
 * PostgreSQL, embedded or external: start, pool, migrations and wake-ups. Knows no table's meaning.
 */
@NullMarked
package tocsin.store;

import org.jspecify.annotations.NullMarked;
