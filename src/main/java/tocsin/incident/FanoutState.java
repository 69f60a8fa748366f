package tocsin.incident;

import java.util.Optional;

/**
 * How far the telling of an update has got before any recipient is counted.
 *
 * @param planned whether its audiences are frozen
 * @param parked why nothing is sent until an operator acts; empty where none must
 */
public record FanoutState(boolean planned, Optional<String> parked, Control control) {}
