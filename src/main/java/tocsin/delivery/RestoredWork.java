package tocsin.delivery;

import java.util.List;

/**
 * What was under way when a backup was made may have been done since: what is restored from it
 * tells nobody anything until somebody has decided so.
 */
public final class RestoredWork {
  private RestoredWork() {}

  /** Pauses every update that is not done, and drops notices to single people. */
  public static List<String> standStill() {
    return List.of(
        """
        update incident_update u set control = 'paused'
        where control = 'running' and (planned_at is null and parked is null or exists (
          select from audience a where a.update_id = u.id and a.completed_at is null and (
            exists (select from chunk c where c.audience = a.id and not c.done)
            or exists (select from retry r where r.audience = a.id))))
        """,
        "update notice set outcome = 'dropped' where outcome is null",
        "update endpoint_event set outcome = 'nobody' where outcome is null");
  }
}
