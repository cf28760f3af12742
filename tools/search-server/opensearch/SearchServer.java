import java.io.OutputStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** {@code SearchServer PORT FOLDER}: an OpenSearch of one node on loopback, until its input ends. */
final class SearchServer {
  public static void main(String[] args) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
    runner.onBuild(
        (number, settings) -> {
          settings.put("network.host", "127.0.0.1");
          settings.put("http.port", args[0]);
          settings.put("transport.port", "9400-9499");
          // The machine of a test may well be almost full.
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(args[1])
            .numOfNode(1)
            .clusterName("chatapp-tests"));
    // Who started it may be killed; then its end of the pipe closes.
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static void close(OpenSearchRunner runner) {
    try {
      runner.close();
    } catch (Exception failure) {
      failure.printStackTrace();
    }
  }
}
