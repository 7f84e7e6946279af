package io.xiaoer.local.command;

import io.xiaoer.local.bench.LockedTable;
import io.xiaoer.local.bench.ServicePool;
import io.xiaoer.local.bench.SlowSourceBench;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Locks the parcels' table of the running suite for a while, has cards of a demo shop asked for, and
/// tells how long their other parts took. Ends with 1 if one is missing, if more than one card in a
/// hundred took over a second, or if a connection is missed.
final class BenchSlowSource implements Command {
    private static final String SERVICE = "order-sync-service";

    private final DataDirectory data;
    private final int perSecond;
    private final Duration length;
    private final String shop;

    BenchSlowSource(DataDirectory data, int perSecond, Duration length, Optional<String> shop) {
        this.data = data;
        this.perSecond = perSecond;
        this.length = length;
        this.shop = shop.orElse(Secrets.DEMO_SHOPS.getFirst());
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        var suite = RunningSuite.of(data);
        var secrets = suite.secrets();
        var merchant = secrets.client(secrets.merchants(), shop)
                .orElseThrow(() -> new Refusal("There is no demo shop %s; there are %s"
                        .formatted(shop, String.join(", ", Secrets.DEMO_SHOPS))));
        var parcels = new LockedTable(
                "jdbc:mariadb://127.0.0.1:" + port("mariadb") + "/xiaoer_ordersync",
                Suite.DATABASE_USER,
                secrets.databasePassword(),
                "shipment");
        System.err.println("%d cards a second of shop %s, for 5 s and for %d s without parcels"
                .formatted(perSecond, shop, length.toSeconds()));
        try (var api = suite.api()) {
            var bench = new SlowSourceBench(
                    api, api.token(merchant), new ServicePool(port(SERVICE + ".management")), parcels);
            var result = bench.run(perSecond, length);
            System.out.println(result.told());
            return result.holds() ? 0 : 1;
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private int port(String listener) throws IOException, Refusal {
        return RememberedPorts.in(data)
                .last(listener)
                .orElseThrow(() -> new Refusal("Nothing is known of the port of " + listener));
    }
}
