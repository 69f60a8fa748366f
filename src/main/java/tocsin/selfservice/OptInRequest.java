package tocsin.selfservice;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Address;
import tocsin.audience.AddressCheck;
import tocsin.audience.Channel;
import tocsin.audience.EmailAddress;
import tocsin.audience.PhoneNumber;
import tocsin.audience.Registration;
import tocsin.audience.Wording;
import tocsin.incident.Problem;

/**
 * What somebody asks for, checked.
 *
 * @param told who is asked whether it is their wish: the address itself, or the contact of an
 *     endpoint
 * @param wording what was on show; null: not known
 * @param source where they asked: {@code form}, {@code api:<key>}
 */
record OptInRequest(
    Registration wish, Address told, Visitor visitor, @Nullable Wording wording, String source) {

  /**
   * Throws a ProblemException for what nobody can wish for by themselves.
   *
   * @param countries whose numbers are taken; empty: all
   */
  static OptInRequest of(
      Registration wish,
      Visitor visitor,
      @Nullable Wording wording,
      String source,
      Set<String> countries) {
    if (wish.consent() != null) {
      throw Problem.validation("consent", "is given by confirming the opt-in").exception();
    }
    Address address = wish.address();
    if (wish.channel() == Channel.SMS
        && !countries.isEmpty()
        && PhoneNumber.country(address.text()).filter(countries::contains).isEmpty()) {
      throw Problem.validation("address", "is of a country whose numbers are not taken")
          .exception();
    }
    return new OptInRequest(wish, told(wish), visitor, wording, source);
  }

  private static Address told(Registration wish) {
    if (wish.channel() != Channel.WEBHOOK) {
      return wish.address();
    }
    String contact = wish.form().contact();
    if (contact == null) {
      throw Problem.validation("contact", "is missing: who is asked to confirm").exception();
    }
    return switch (EmailAddress.check(contact)) {
      case Address mailbox -> mailbox;
      case AddressCheck.Refused refused ->
          throw Problem.validation("contact", refused.detail()).exception();
    };
  }

  /** Without what tells of a person. */
  @Override
  public String toString() {
    return "OptInRequest[" + wish.channel().word() + "]";
  }
}
