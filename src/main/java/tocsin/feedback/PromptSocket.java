package tocsin.feedback;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Answers at once: who pipelines commands gets several small answers, which would wait for each
 * other's acknowledgements (TCP_NODELAY).
 */
final class PromptSocket extends ServerSocket {

  PromptSocket() throws IOException {}

  @Override
  public Socket accept() throws IOException {
    Socket socket = super.accept();
    socket.setTcpNoDelay(true);
    return socket;
  }
}
