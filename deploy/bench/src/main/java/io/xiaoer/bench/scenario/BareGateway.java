package io.xiaoer.bench.scenario;

import io.xiaoer.bench.peer.JavaPeer;
import io.xiaoer.bench.peer.PeerProcess;
import io.xiaoer.bench.report.Medians;
import io.xiaoer.bench.report.Result;
import io.xiaoer.drills.load.Fleet.Known;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.local.server.Ports;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// A Spring Cloud Gateway of the suite's version with one route to one node of session-service and nothing else: no
/// tokens, no limits, no traces. It runs on the JVM of the suite's own gateway.
final class BareGateway implements AutoCloseable {
    static final String NAME = "bare-gateway";
    private static final String OURS = "gateway-service";
    private static final String JAR = "deploy/bench/peers/bare-gateway/target/bare-gateway.jar";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Stand stand;
    private final PeerProcess process;

    private BareGateway(Stand stand, PeerProcess process) {
        this.stand = stand;
        this.process = process;
    }

    static BareGateway start(Stand stand, URI backend) throws IOException, InterruptedException {
        var port = Ports.free();
        var server = new JavaPeer(
                NAME,
                port,
                JavaPeer.jvmOf(stand.suite().process(OURS)),
                stand.wishes().home().resolve(JAR),
                Map.of("SERVER_PORT", Integer.toString(port), "BACKEND", backend.toString()));
        return new BareGateway(stand, PeerProcess.start(server, stand.wishes().to()));
    }

    /// The node of session-service that both gateways lead to, if there is but one.
    static URI backend(Stand stand) throws IOException {
        return URI.create(
                "http://localhost:" + stand.suite().process("session-service").port());
    }

    URI address() {
        return process.address();
    }

    /// The suite with this in the place of its own gateway.
    Stand stand() {
        return stand.counting(() -> Stream.concat(
                        stand.suite().state().processes().stream()
                                .filter(each -> !each.name().equals(OURS)),
                        Stream.of(process.state()))
                .toList());
    }

    /// Which of what the bar wants switched on is on.
    static Map<String, Object> settings(Stand stand, Known caller) throws IOException, InterruptedException {
        try (var door = new Gateway(stand.suite().gateway())) {
            var path = "/api/v1/bot/sessions/" + caller.session();
            var reply = door.call("GET", path, caller.token(), null, PATIENCE).get();
            var limited = reply.headers().firstValue("RateLimit-Policy").isPresent();
            return Map.of("limit per address of the suite's gateway", limited ? "on" : "off: loopback is exempt");
        } catch (ExecutionException e) {
            throw new IOException("The gateway does not answer", e);
        }
    }

    /// What the suite's gateway alone takes for a message, and how that stands to this one.
    ///
    /// @param ours the contender that goes through the suite's
    /// @param bare the one that goes through this
    static Map<String, Object> figures(Result result, String ours, String bare) {
        var figures = new LinkedHashMap<String, Object>();
        result.ratio(ours, round -> round.cpuPerMessage(OURS), bare, round -> round.cpuPerMessage(NAME))
                .forEach(ratio -> figures.put("%s / %s, CPU each".formatted(OURS, NAME), ratio));
        figures.put(OURS + ", CPU µs each", median(result, ours, OURS));
        figures.put(NAME + ", CPU µs each", median(result, bare, NAME));
        return figures;
    }

    private static long median(Result result, String contender, String process) {
        return Math.round(Medians.of(result, contender, round -> round.cpuPerMessage(process)));
    }

    @Override
    public void close() {
        process.close();
    }
}
