package tocsin.selfservice;

/** How an attempt to confirm goes on when its transaction has ended. */
sealed interface ConfirmationStep {

  record Done(Confirmation confirmation) implements ConfirmationStep {}

  /** The endpoint is asked, which has been counted. */
  record Ask(OptInRow row) implements ConfirmationStep {}
}
