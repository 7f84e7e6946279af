package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.local.data.Client;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.Memory;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells what runs. As JSON it prints nothing else, whatever the state.
final class Status implements Command {
    private static final double KB_PER_MB = 1024.0;

    private final DataDirectory data;
    private final boolean asJson;
    private final boolean withMemory;

    Status(DataDirectory data, boolean asJson, boolean withMemory) {
        this.data = data;
        this.asJson = asJson;
        this.withMemory = withMemory;
    }

    @Override
    public int run() throws IOException {
        var state = RunState.read(data);
        var addresses = Addresses.last(RememberedPorts.in(data));
        if (asJson) {
            System.out.println(json(state.orElse(null), addresses).toString(JSONWriter.Feature.PrettyFormat));
        } else {
            print(state.orElse(null), addresses);
        }
        return 0;
    }

    JSONObject json(@Nullable RunState state, Addresses addresses) throws IOException {
        var processes = new JSONArray();
        for (var process : processes(state)) {
            processes.add(json(process));
        }
        var json = JSONObject.of("state", overall(state), "gateway", addresses.gateway())
                .fluentPut("identity", addresses.identity())
                .fluentPut("demo_shop", addresses.demoShop())
                .fluentPut("processes", processes)
                .fluentPut("demo", demo());
        if (withMemory) {
            json.put("memory_kb", total(processes(state)));
        }
        return json;
    }

    private JSONObject json(ProcessState process) throws IOException {
        var json = JSONObject.of(
                        "name", process.name(), "pid", process.process().pid(), "port", process.port())
                .fluentPut("health", process.health().label())
                .fluentPut("restarts", process.restarts())
                .fluentPut("log", process.log());
        if (withMemory) {
            json.put("memory_kb", Memory.ofProcess(process.process().pid()));
        }
        return json;
    }

    private JSONObject demo() {
        var json = new JSONObject();
        var shops = new JSONArray();
        var agents = new JSONArray();
        json.put("shops", shops);
        if (!Files.isDirectory(data.secrets())) {
            return json.fluentPut("agents", agents);
        }
        var secrets = new Secrets(data.secrets());
        for (var merchant : secrets.merchants()) {
            var shop = JSONObject.of("shop_id", merchant.shopId());
            shop.putAll(credentials(merchant));
            shops.add(shop);
        }
        json.put("ops", credentials(secrets.ops()));
        for (var agent : secrets.agents()) {
            agents.add(JSONObject.of("shop_id", agent.shopId(), "name", agent.id()));
        }
        return json.fluentPut("agents", agents);
    }

    private static JSONObject credentials(Client client) {
        return JSONObject.of(
                "client_id", client.id(), "client_secret", client.secret().value());
    }

    private void print(@Nullable RunState state, Addresses addresses) throws IOException {
        System.out.println("Xiaoer is " + overall(state));
        if (overall(state).equals("down") && processes(state).isEmpty()) {
            return;
        }
        System.out.println("  gateway    " + addresses.gateway());
        System.out.println("  identity   " + addresses.identity());
        System.out.println("  demo shop  " + addresses.demoShop() + "/demo");
        System.out.println();
        System.out.println(row("NAME", "HEALTH", "PID", "PORT", "RESTARTS", withMemory ? "MEMORY" : ""));
        for (var process : processes(state)) {
            var id = process.process();
            System.out.println(row(
                    process.name(),
                    process.health().label(),
                    id.pid() == 0 ? "-" : Long.toString(id.pid()),
                    Integer.toString(process.port()),
                    Integer.toString(process.restarts()),
                    withMemory ? megabytes(Memory.ofProcess(id.pid())) : ""));
        }
        if (withMemory) {
            var supervisor =
                    state == null ? 0 : Memory.ofProcess(state.supervisor().pid());
            System.out.println(row("supervisor", "", "", "", "", megabytes(supervisor)));
            System.out.println(row("sum", "", "", "", "", megabytes(total(processes(state)) + supervisor)));
        }
    }

    private static long total(List<ProcessState> processes) throws IOException {
        var total = 0L;
        for (var process : processes) {
            total += Memory.ofProcess(process.process().pid());
        }
        return total;
    }

    private static String megabytes(long kilobytes) {
        return String.format(Locale.ROOT, "%.0f MB", kilobytes / KB_PER_MB);
    }

    private static String row(String name, String health, String pid, String port, String restarts, String memory) {
        return String.format(Locale.ROOT, "  %-22s %-9s %8s %6s %9s %10s", name, health, pid, port, restarts, memory)
                .stripTrailing();
    }

    private static String overall(@Nullable RunState state) {
        if (state == null || !state.supervisor().alive()) {
            return "down";
        }
        return state.complete() && state.processes().stream().allMatch(process -> process.health() == Health.UP)
                ? "up"
                : "starting";
    }

    private static List<ProcessState> processes(@Nullable RunState state) {
        return state == null ? List.of() : state.processes();
    }
}
