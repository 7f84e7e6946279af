package io.xiaoer.drills.failing;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Gateway;
import io.xiaoer.drills.load.Gateway.Reply;
import io.xiaoer.drills.load.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What compensation has of what was given. The shop looks for its commands; records that name no shop are the
/// operators' to find.
public final class Tasks {
    private static final String LIST = "/api/v1/compensations";
    private static final Set<String> OPEN = Set.of("waiting", "retrying");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MS = 500;
    /// So long a second copy of a replay, if there is one, has time to take effect.
    private static final long SETTLED_MS = 5_000;
    private static final int PRESSED_AT_ONCE = 2;
    /// Longer than compensation takes a second press of a person for the first one.
    private static final int LOOKS_BETWEEN_PRESSES = 12;

    private final Gateway gateway;
    private final Calls calls;
    private final Giving giving;
    private final Timeline time;
    private final String shop;
    private final String merchant;
    private final String ops;
    private @Nullable Facts facts;

    /// What is left and what was given of the template.
    record Facts(long stock, long issued) {}

    public Tasks(Gateway gateway, Giving giving, Timeline time, String shop, String merchant, String ops) {
        this.gateway = gateway;
        this.calls = new Calls(gateway);
        this.giving = giving;
        this.time = time;
        this.shop = shop;
        this.merchant = merchant;
        this.ops = ops;
    }

    /// Looks for all that was taken until everything is found, or that long.
    ///
    /// @return how many were found
    public long find(Duration patience) throws IOException, InterruptedException {
        var until = time.now() + patience.toMillis();
        while (true) {
            var looking = new ArrayList<Callable<Boolean>>();
            giving.all().stream()
                    .filter(dud -> dud.isTaken() && !dud.isFound())
                    .forEach(dud -> looking.add(() -> find(dud)));
            Calls.inParallel(looking);
            var found = giving.all().stream().filter(Dud::isFound).count();
            if (found == giving.all().stream().filter(Dud::isTaken).count() || time.now() > until) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    private boolean find(Dud dud) throws IOException {
        var id = Objects.requireNonNull(dud.id());
        if (dud.isCommand()) {
            look(dud);
        }
        var tasks = calls.expect("GET", LIST + "?q=" + id, token(dud), null, "looking for " + dud.name())
                .list();
        var open = tasks.stream()
                .filter(task -> OPEN.contains(
                        Objects.requireNonNull(task.getJSONObject("attributes")).getString("status")))
                .findFirst();
        if (open.isEmpty() || dud.isCommand() && !"compensating".equals(dud.status())) {
            return false;
        }
        var task = Objects.requireNonNull(open.get().getString("id"));
        var shown = calls.expect("GET", LIST + "/" + task, token(dud), null, "looking at " + dud.name());
        dud.found(task, tasks.size(), flaw(dud, shown), time.now());
        return true;
    }

    private @Nullable String flaw(Dud dud, Reply shown) {
        var payload = Objects.requireNonNullElseGet(shown.data().getJSONObject("attributes"), JSONObject::new)
                .get("payload");
        return dud.isCommand()
                ? Payloads.flawOfCommand(payload, Objects.requireNonNull(dud.id()), shop, dud, giving.template())
                : Payloads.flawOfRecord(payload, dud);
    }

    private String token(Dud dud) {
        return dud.isCommand() ? merchant : ops;
    }

    private void look(Dud dud) throws IOException {
        var command = calls.expect("GET", "/api/v1/commands/" + dud.id(), merchant, null, "looking at a command")
                .data()
                .getJSONObject("attributes");
        dud.stands(Objects.requireNonNullElse(command.getString("status"), ""));
    }

    /// Makes what was missing and replays every command that is in compensation, more than once, until all have ended
    /// or that long.
    public void replay(Duration patience) throws IOException, InterruptedException {
        var commands = giving.commands().stream().filter(Dud::isFound).toList();
        putTemplate();
        var until = time.now() + patience.toMillis();
        for (var looks = 0; time.now() < until; looks++) {
            var open = commands.stream().filter(dud -> !dud.hasEnded()).toList();
            if (open.isEmpty()) {
                break;
            }
            if (looks % LOOKS_BETWEEN_PRESSES == 0) {
                press(open);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            var looking = new ArrayList<Callable<Boolean>>();
            open.forEach(dud -> looking.add(() -> {
                look(dud);
                return true;
            }));
            Calls.inParallel(looking);
        }
        TimeUnit.MILLISECONDS.sleep(SETTLED_MS);
        var template = calls.expect("GET", templatePath(), merchant, null, "the coupon template")
                .data()
                .getJSONObject("attributes");
        facts = new Facts(template.getLongValue("stock"), template.getLongValue("issued"));
    }

    /// Several times at one moment. All but one of the presses are refused, or come too late.
    private void press(List<Dud> open) {
        var pressed = new ArrayList<CompletableFuture<Boolean>>();
        for (Dud dud : open) {
            for (var n = 0; n < PRESSED_AT_ONCE; n++) {
                pressed.add(post(LIST + "/" + dud.task() + "/replay", merchant, new JSONObject()));
            }
        }
        pressed.forEach(CompletableFuture::join);
    }

    /// Gives the records up, which nobody will ever read.
    public void discardRecords() {
        giving.all().stream()
                .filter(dud -> !dud.isCommand() && dud.isFound())
                .map(dud -> post(LIST + "/" + dud.task() + "/discard", ops, JSONObject.of("reason", "drill")))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private CompletableFuture<Boolean> post(String path, String token, JSONObject body) {
        return gateway.call("POST", path, token, body, PATIENCE).handle((reply, failure) -> failure == null);
    }

    private void putTemplate() throws IOException {
        var now = Instant.now();
        var body = JSONObject.of("title", giving.template(), "stock", stock(), "per_user", 1)
                .fluentPut("value", JSONObject.of("amount_minor", 500, "currency", "CNY"))
                .fluentPut("valid_from", now.minus(1, ChronoUnit.DAYS).toString())
                .fluentPut("valid_to", now.plus(1, ChronoUnit.DAYS).toString());
        calls.expect("PUT", templatePath(), merchant, body, "making the coupon template");
    }

    /// One more than there are commands, so that one too many is seen.
    private long stock() {
        return giving.commands().size() + 1L;
    }

    private String templatePath() {
        return "/api/v1/coupon-templates/" + giving.template();
    }

    /// @param back when the last thing that was broken was back
    public List<Breach> breaches(long back) {
        return DudChecker.check(giving.all(), stock(), Objects.requireNonNull(facts, "nothing was replayed"), back);
    }

    /// How much there is to judge.
    public Tally tally() {
        return new Tally(
                giving.commands().stream().filter(Dud::isTaken).count(),
                giving.all().stream()
                        .filter(dud -> !dud.isCommand() && dud.isTaken())
                        .count(),
                giving.all().stream().filter(Dud::isFound).count(),
                giving.commands().stream()
                        .filter(dud -> "applied".equals(dud.status()))
                        .count());
    }

    /// @param commands that were taken
    /// @param records that were taken
    /// @param found of both, in compensation
    /// @param applied commands, after their replay
    public record Tally(long commands, long records, long found, long applied) {}
}
