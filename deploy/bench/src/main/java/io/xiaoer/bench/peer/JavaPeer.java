package io.xiaoer.bench.peer;

import io.xiaoer.local.server.Server;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A contender that is a Java program: it runs on the JVM of the service that it is compared with, in a
/// heap of the same size, with the same collector and compilers.
///
/// @param command how that JVM was called, up to the program
/// @param environment what it is told, its port among it
public record JavaPeer(String name, int port, List<String> command, Path jar, Map<String, String> environment)
        implements Server {
    private static final int PATIENCE_MS = 1_000;

    public JavaPeer {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// How the JVM of a service was called. A cache of its classes fits no other program, and is left out.
    ///
    /// @throws IOException if the system does not tell
    public static List<String> jvmOf(ProcessState service) throws IOException {
        var handle = service.process()
                .find()
                .orElseThrow(() -> new IOException(service.name() + " does not run"))
                .info();
        var arguments = handle.arguments();
        if (handle.command().isEmpty() || arguments.isEmpty()) {
            throw new IOException("The system does not tell how %s was called".formatted(service.name()));
        }
        var command = new ArrayList<String>();
        command.add(handle.command().get());
        command.addAll(options(Arrays.asList(arguments.get())));
        return command;
    }

    static List<String> options(List<String> arguments) {
        return arguments.stream()
                .takeWhile(argument -> !argument.equals("-jar"))
                .filter(argument -> !argument.startsWith("-XX:AOT"))
                .toList();
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.exists(jar)) {
            throw new IOException("%s is not built: %s is missing; ./xiaoer bench builds it".formatted(name, jar));
        }
    }

    @Override
    public List<String> command() {
        var whole = new ArrayList<>(command);
        whole.addAll(List.of("-jar", jar.toString()));
        return whole;
    }

    @Override
    public boolean answers() {
        return takesConnections(port);
    }

    static boolean takesConnections(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
