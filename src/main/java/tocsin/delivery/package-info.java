/**
 * All SQL of the engine: frozen audiences, chunks and their leases, retries, the ledger, the
 * account and receipts.
 */
@NullMarked
package tocsin.delivery;

import org.jspecify.annotations.NullMarked;
