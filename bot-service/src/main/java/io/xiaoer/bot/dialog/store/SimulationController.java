package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.dialog.engine.FlowBook;
import io.xiaoer.bot.dialog.engine.Hearing;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.dialog.simulate.Script;
import io.xiaoer.bot.dialog.simulate.Simulator;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Plays scripted talks with a flow of the caller's shop, or with one that is not put yet. Nothing outside is called.
@RestController
@RequestMapping("/api/v1/flows/{name}/simulate")
class SimulationController {

    /// The most scripts that an instance plays at a time.
    static final int AT_ONCE = 2;

    private final FlowCopies copies;
    private final Senses senses;
    private final Hearing hearing;
    private final Wording wording;
    private final Semaphore room = new Semaphore(AT_ONCE);

    SimulationController(FlowCopies copies, Senses senses, Hearing hearing, Wording wording) {
        this.copies = copies;
        this.senses = senses;
        this.hearing = hearing;
        this.wording = wording;
    }

    /// What became of a script.
    ///
    /// @param passed whether all of it came as expected
    record Attributes(String flow, boolean passed, List<Simulator.Result> cases) {}

    @PostMapping(
            consumes = {
                "application/yaml",
                "application/x-yaml",
                "text/yaml",
                "text/x-yaml",
                "text/plain",
                "application/json",
                "application/octet-stream"
            })
    Answer<Resource<Attributes>> simulate(
            Caller caller, @PathVariable String name, @RequestHeader("Content-Type") MediaType type, InputStream body)
            throws IOException {
        ShopId shop = caller.requireShop();
        Script script =
                script(name, FlowController.text(type, body), copies.loader().catalogue());
        String yaml = script.yaml();
        Flow draft = yaml == null ? null : FlowController.load(copies, shop, name, yaml);
        if (draft == null && !copies.of(shop).current().containsKey(name)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such flow");
        }
        if (!room.tryAcquire()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "other simulations are under way")
                    .header("Retry-After", "2");
        }
        try {
            var simulator = new Simulator(shop, book(draft), copies.loader().catalogue(), senses, hearing, wording);
            var cases = simulator.play(script);
            boolean passed = cases.stream().allMatch(Simulator.Result::passed);
            return Answer.of(new Resource<>(name, "simulation", new Attributes(name, passed, cases)));
        } finally {
            room.release();
        }
    }

    private static Script script(String name, String text, Catalogue catalogue) {
        try {
            Script script = Script.read("script", text, catalogue);
            if (script.flow() != null && !script.flow().equals(name)) {
                throw ProblemException.invalid("flow", "must be the flow of the address");
            }
            return script;
        } catch (InvalidFile e) {
            throw FlowController.invalid(e.faults());
        }
    }

    private FlowBook book(@Nullable Flow draft) {
        if (draft == null) {
            return copies;
        }
        return new FlowBook() {
            @Override
            public @Nullable Flow current(UserKey user, String name) {
                return name.equals(draft.name()) ? draft : copies.current(user, name);
            }

            @Override
            public @Nullable Flow version(ShopId shop, String name, int version) {
                return name.equals(draft.name()) && version == draft.version()
                        ? draft
                        : copies.version(shop, name, version);
            }
        };
    }
}
