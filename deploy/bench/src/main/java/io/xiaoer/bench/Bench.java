package io.xiaoer.bench;

import io.xiaoer.bench.measure.Precedence;
import io.xiaoer.bench.report.HtmlReport;
import io.xiaoer.bench.report.JsonReport;
import io.xiaoer.bench.report.Progress;
import io.xiaoer.bench.report.Result;
import io.xiaoer.bench.report.Table;
import io.xiaoer.bench.scenario.Scenario;
import io.xiaoer.bench.scenario.Scenarios;
import io.xiaoer.bench.scenario.Stand;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.command.Command.NotUnderstood;
import io.xiaoer.local.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The entry. It ends with 0 when there is a speed to tell, with 1 when there is none, with 2 when the words name no
/// scenario.
public final class Bench {
    private static final Duration UP = Duration.ofSeconds(30);

    private Bench() {}

    public static void main(String[] words) {
        var code = run(Arrays.asList(words));
        System.out.flush();
        System.exit(code);
    }

    private static int run(List<String> words) {
        var home =
                Path.of(System.getProperty("xiaoer.home", ".")).toAbsolutePath().normalize();
        try {
            var wishes = Wishes.of(words, home);
            var terminal = System.console() != null && System.console().isTerminal();
            var result = measure(wishes, new Progress(System.out, terminal), Optional.of(new Precedence()));
            return result.speedStands() ? 0 : 1;
        } catch (NotUnderstood e) {
            System.err.println(e.getMessage());
            System.err.println(Wishes.USAGE);
            Scenarios.ALL.forEach(each -> System.err.printf("  %-14s %s%n", each.name(), each.about()));
            Wishes.LAUNCHERS_OWN.forEach((name, about) -> System.err.printf("  %-14s %s%n", name, about));
            return 2;
        } catch (InterruptedException e) {
            return 130;
        } catch (IOException e) {
            System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
            return 1;
        }
    }

    /// Runs a scenario as the words say, against the suite that runs, and leaves its files. The process goes before no
    /// other.
    ///
    /// @throws NotUnderstood if the words name no scenario
    public static Result measure(List<String> words) throws IOException, InterruptedException {
        return measure(
                Wishes.of(words, Path.of("").toAbsolutePath()), new Progress(System.out, false), Optional.empty());
    }

    private static Result measure(Wishes wishes, Progress progress, Optional<Precedence> precedence)
            throws IOException, InterruptedException {
        Scenario scenario = Scenarios.named(wishes.scenario())
                .orElseThrow(() -> Wishes.noSuch(
                        wishes.scenario(),
                        Stream.concat(
                                        Scenarios.ALL.stream().map(Scenario::name),
                                        Wishes.LAUNCHERS_OWN.keySet().stream())
                                .toList()));
        var suite = new DrilledSuite(new DataDirectory(wishes.data()));
        if (scenario.needsSuite()) {
            suite.awaitUp(UP);
        }
        var result = scenario.run(new Stand(suite, wishes, progress, precedence));
        progress.tell(Table.of(result));
        Files.createDirectories(wishes.to());
        var json = wishes.to().resolve(scenario.name() + ".json");
        var html = wishes.to().resolve(scenario.name() + ".html");
        Files.writeString(json, JsonReport.of(result));
        Files.writeString(html, HtmlReport.of(result));
        progress.tell("  %s%n  %s".formatted(json, html));
        return result;
    }
}
