package io.xiaoer.local.command;

import io.xiaoer.local.bench.IngestBench;
import io.xiaoer.local.bench.MadeOrders;
import io.xiaoer.local.bench.ServiceMemory;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Has a demo shop of the running suite take a file of orders, or as many made ones, and tells rate and memory. Ends
/// with 1 if a line was refused or the heap did not stay within its bar.
final class BenchIngest implements Command {
    private static final String SERVICE = "order-sync-service";

    private final DataDirectory data;
    private final Optional<Path> file;
    private final int orders;
    private final int seed;
    private final String shop;

    BenchIngest(DataDirectory data, Optional<Path> file, int orders, int seed, Optional<String> shop) {
        this.data = data;
        this.file = file;
        this.orders = orders;
        this.seed = seed;
        this.shop = shop.orElse(Secrets.DEMO_SHOPS.getLast());
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        var suite = RunningSuite.of(data);
        var secrets = suite.secrets();
        var merchant = secrets.client(secrets.merchants(), shop)
                .orElseThrow(() -> new Refusal("There is no demo shop %s; there are %s"
                        .formatted(shop, String.join(", ", Secrets.DEMO_SHOPS))));
        try (var api = suite.api()) {
            var bench = new IngestBench(api, api.token(merchant), memory());
            var result = file.isPresent() ? fromFile(bench, file.get()) : made(bench);
            System.out.println(result.told());
            return result.holds() ? 0 : 1;
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private IngestBench.Result made(IngestBench bench) throws IOException, InterruptedException {
        var made = new MadeOrders(seed);
        var left = new AtomicInteger(orders);
        System.err.println("%d orders made from seed %d for shop %s".formatted(orders, seed, shop));
        return bench.run(() -> left.getAndDecrement() > 0 ? made.next() : null);
    }

    private static IngestBench.Result fromFile(IngestBench bench, Path file)
            throws Refusal, IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new Refusal("There is no file " + file);
        }
        try (var lines = Files.newBufferedReader(file)) {
            return bench.run(lines::readLine);
        }
    }

    private ServiceMemory memory() throws IOException, Refusal {
        var port = RememberedPorts.in(data)
                .last(SERVICE + ".management")
                .orElseThrow(() -> new Refusal(SERVICE + " has no management port"));
        var pid = RunState.read(data).map(RunState::processes).orElse(List.<ProcessState>of()).stream()
                .filter(process -> process.name().equals(SERVICE))
                .mapToLong(process -> process.process().pid())
                .findFirst()
                .orElse(0);
        return new ServiceMemory(port, pid);
    }
}
