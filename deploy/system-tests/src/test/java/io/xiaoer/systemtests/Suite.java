package io.xiaoer.systemtests;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// The running suite, one for all tests of a JVM: `./xiaoer up --detach` with its own data directory and port, two
/// instances of session-service, and `./xiaoer down` at the end.
final class Suite {

    private static final Path ROOT = root();
    private static final Path DATA = Path.of("target", "suite").toAbsolutePath();
    private static final Suite INSTANCE = new Suite();

    private final URI gateway;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private Suite() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        var whenKilled = whenKilled();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            run(60, "down", "--data", DATA.toString());
            whenKilled.destroyForcibly();
        }));
        int port = freePort();
        String output = run(240, "up", "--detach", "--data", DATA.toString(), "--port", Integer.toString(port));
        JSONObject status = status();
        if (!"up".equals(status.getString("state"))) {
            throw new IllegalStateException("the suite did not come up:\n" + output);
        }
        gateway = URI.create(status.getString("gateway"));
    }

    /// Takes the suite down if this JVM is killed, as one is whose tests hang: a shell whose input ends then.
    private static Process whenKilled() {
        try {
            return new ProcessBuilder(
                            "sh",
                            "-c",
                            "cat >/dev/null; exec \"$1\" down --data \"$2\"",
                            "sh",
                            ROOT.resolve("xiaoer").toString(),
                            DATA.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Suite get() {
        return INSTANCE;
    }

    URI gateway() {
        return gateway;
    }

    URI demoShop() {
        return URI.create(status().getString("demo_shop"));
    }

    URI identity() {
        return URI.create(status().getString("identity"));
    }

    /// What `./xiaoer status --json` prints.
    static JSONObject status() {
        return JSON.parseObject(run(30, "status", "--json", "--data", DATA.toString()));
    }

    /// The processes whose name starts so.
    static List<JSONObject> processes(String prefix) {
        var found = new ArrayList<JSONObject>();
        for (Object each : status().getJSONArray("processes")) {
            var process = (JSONObject) each;
            if (process.getString("name").startsWith(prefix)) {
                found.add(process);
            }
        }
        return found;
    }

    static JSONObject process(String name) {
        return processes(name).getFirst();
    }

    /// Halts a process as a hanging machine would, so that its supervisor does not start another.
    static Halted halt(String name) {
        long pid = process(name).getLongValue("pid");
        signal("-STOP", pid);
        return () -> signal("-CONT", pid);
    }

    /// A halted process; closing lets it go on.
    interface Halted extends AutoCloseable {
        @Override
        void close();
    }

    /// A token of a demo client, from identity.
    String merchant(String shop) {
        return token("merchant", shop);
    }

    String agent(String shop) {
        return token("agent", "agent-" + shop);
    }

    /// A token that reads receivers in clear and does nothing else.
    String unmask(String shop) {
        return token("unmask", shop);
    }

    String ops() {
        return token("ops", "ops");
    }

    private String token(String kind, String name) {
        return tokens.computeIfAbsent(
                kind + name,
                key -> run(30, "token", kind, name, "--data", DATA.toString()).strip());
    }

    /// Runs the script as a user would and gives what it printed.
    static String run(int seconds, String... arguments) {
        try {
            var command = new ArrayList<String>();
            command.add(ROOT.resolve("xiaoer").toString());
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile("xiaoer", ".out");
            var builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectOutput(out.toFile());
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("XIAOER_SESSION_INSTANCES", "2");
            builder.environment().put("XIAOER_START_CACHES", "never");
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException("./xiaoer " + arguments[0] + " did not end in " + seconds + " s");
            }
            String output = Files.readString(out);
            Files.delete(out);
            if (process.exitValue() != 0) {
                throw new IllegalStateException("./xiaoer " + arguments[0] + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The directory of the suite's data.
    static Path data() {
        return DATA;
    }

    private static void signal(String signal, long pid) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + signal + " " + pid + " failed");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A file of the repository.
    static Path file(String path) {
        return ROOT.resolve(path);
    }

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("xiaoer"))) {
            path = path.getParent();
            if (path == null) {
                throw new IllegalStateException("./xiaoer was not found above the working directory");
            }
        }
        return path;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
