package tocsin.store;

/** The whole {@code postgresql.conf} of the embedded server, written at every start. */
final class ServerConfiguration {
  private ServerConfiguration() {}

  static String text(int port) {
    return """
    # written by Tocsin at every start
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    max_connections = 100

    # what was acknowledged is on disk
    fsync = on
    synchronous_commit = on
    full_page_writes = on

    # one machine that has other work too
    shared_buffers = '256MB'
    max_wal_size = '2GB'
    checkpoint_timeout = '15min'
    wal_compression = on
    jit = off
    # parallel workers need more of /dev/shm than containers have
    max_parallel_workers_per_gather = 0

    timezone = 'UTC'
    log_timezone = 'UTC'
    lc_messages = 'C'
    log_checkpoints = off
    # neither parameters nor rows: they hold addresses
    log_error_verbosity = terse
    log_parameter_max_length = 0
    log_parameter_max_length_on_error = 0
    """
        .formatted(port);
  }
}
