package io.xiaoer.drills;

import io.xiaoer.drills.DrillRun.Pace;
import io.xiaoer.drills.command.CommandPlan;
import io.xiaoer.drills.failing.FailingPlan;
import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.load.Plan;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.drills.suite.Starting;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The entry. It ends with 0 when every drill passed, with 1 when one did not, with 2 when the words name no drill.
public final class Drills {
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration BEYOND = Duration.ofSeconds(10);

    private Drills() {}

    public static void main(String[] words) {
        var code = run(Arrays.asList(words));
        System.out.flush();
        System.exit(code);
    }

    private static int run(List<String> words) {
        Wishes wishes;
        try {
            wishes = Wishes.of(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Wishes.USAGE);
            return 2;
        }
        try {
            return wishes.list() ? list() : drill(wishes);
        } catch (InterruptedException e) {
            return 130;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int list() {
        Drill.ALL.forEach(drill -> System.out.printf("  %-30s %s%n", drill.name(), drill.what()));
        return 0;
    }

    private static Finding run(Drill drill, DrilledSuite suite, Wishes wishes)
            throws IOException, InterruptedException {
        var shop = Secrets.DEMO_SHOPS.getFirst();
        return switch (drill.load()) {
            case TALK -> {
                var plan = Plan.of(shop, wishes.rate(), wishes.seed());
                var pace = new Pace(BEFORE, drill.within().plus(BEYOND));
                yield new DrillRun(drill, suite, plan, pace).run();
            }
            case COMMANDS -> new CommandsRun(drill, suite, CommandPlan.of(shop, wishes.seed())).run();
            case FAILING -> new FailingRun(drill, suite, FailingPlan.of(shop, wishes.seed())).run();
            case FOREIGN -> new ForeignRun(drill, suite, shop, Secrets.DEMO_SHOPS.getLast(), wishes.seed()).run();
            case CARDS -> {
                // A card costs several times what an answer of the FAQ does.
                var plan = Plan.of(shop, Math.ceilDiv(wishes.rate(), 2), wishes.seed());
                var pace = new Pace(BEFORE, drill.within().plus(BEYOND));
                yield new CardsRun(drill, suite, plan, pace).run();
            }
            case HELD -> {
                var pace = new Pace(BEFORE, drill.within().plus(BEYOND));
                yield new HeldRun(drill, suite, HeldRun.plan(shop, wishes.seed()), pace).run();
            }
        };
    }

    private static int drill(Wishes wishes) throws IOException, InterruptedException {
        var home =
                Path.of(System.getProperty("xiaoer.home", ".")).toAbsolutePath().normalize();
        var data = new DataDirectory(wishes.data().map(Path::of).orElse(home.resolve("var/drills")));
        var starting = new Starting(home, new DrilledSuite(data), wishes.port());
        System.out.println("seed " + wishes.seed());
        try {
            return new Rounds(suites(starting), (drill, suite) -> run(drill, suite, wishes)).all(wishes.drills())
                    ? 0
                    : 1;
        } finally {
            starting.end();
        }
    }

    private static Rounds.Suites suites(Starting starting) {
        return new Rounds.Suites() {
            @Override
            public DrilledSuite ready(Drill drill) throws IOException, InterruptedException {
                return starting.ready(drill.relayed());
            }

            @Override
            public void giveUp() throws IOException, InterruptedException {
                starting.end();
            }
        };
    }
}
