package tocsin.selfservice;

import java.time.Instant;
import java.time.ZoneId;
import tocsin.audience.Channel;

/**
 * A notice that is to be sent.
 *
 * @param channel EMAIL or SMS
 * @param address as its provider takes it
 * @param subject id of an opt-in or a subscriber, by the kind
 * @param linkVersion of the subscriber's links; 0 where it is of an opt-in
 * @param askedAt when somebody asked for it
 * @param goodUntil when it is of no use any more to send it
 * @param linkEnds when what it asks to confirm cannot be confirmed any more; as goodUntil for
 *     others
 * @param attempts how often it was claimed, this time included
 */
public record Notice(
    int id,
    NoticeKind kind,
    Channel channel,
    String address,
    int subject,
    int linkVersion,
    String locale,
    ZoneId zone,
    Instant askedAt,
    Instant goodUntil,
    Instant linkEnds,
    int attempts) {

  /** Without the address. */
  @Override
  public String toString() {
    return "Notice[" + id + " " + kind.word() + " " + channel.word() + "]";
  }
}
