import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.Netty4Plugin;

/** {@code SearchServer PORT FOLDER}: an Elasticsearch of one node on loopback, until its input ends. */
final class SearchServer extends Node {
  private SearchServer(Environment environment) {
    super(environment, List.of(Netty4Plugin.class), false);
  }

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[1]);
    Path config = Files.createDirectories(home.resolve("config"));
    Settings settings =
        Settings.builder()
            .put("path.home", home)
            .put("cluster.name", "chatapp-tests")
            .put("node.name", "only")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", args[0])
            .put("http.type", "netty4")
            .put("transport.port", "9300-9399")
            .put("transport.type", "netty4")
            // The machine of a test may well be almost full.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    SearchServer server =
        new SearchServer(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> "only"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
    server.start();
    // Who started it may be killed; then its end of the pipe closes.
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static void close(SearchServer server) {
    try {
      server.close();
    } catch (Exception failure) {
      failure.printStackTrace();
    }
  }
}
