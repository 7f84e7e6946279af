package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.FlowCircles;
import io.xiaoer.bot.dialog.flow.FlowLoader;
import io.xiaoer.bot.dialog.yaml.Fault;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.dialog.yaml.YamlFile;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.BodyText;
import io.xiaoer.common.rest.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The flows of the caller's shop: list, show, put, delete, their versions, and which version talks to whom.
@RestController
@RequestMapping("/api/v1/flows")
class FlowController {

    /// The longest page, and the one that who names no limit gets: a shop's flows all fit it.
    private static final int MAX_LIMIT = 200;

    private static final int MAX_BYTES = YamlFile.MAX_CHARACTERS * 4;

    private final FlowStore store;
    private final FlowCopies copies;

    FlowController(FlowStore store, FlowCopies copies) {
        this.store = store;
        this.copies = copies;
    }

    @GetMapping
    Answer<List<Resource<FlowResource.Attributes>>> list(
            Caller caller, @RequestParam(defaultValue = "" + MAX_LIMIT) int limit) {
        checkLimit(limit);
        ShopId shop = caller.requireShop();
        var heads = new HashMap<String, FlowHead>();
        reached(() -> store.heads(shop)).forEach(head -> heads.put(head.name(), head));
        return Answer.of(copies.of(shop).current().values().stream()
                .limit(limit)
                .map(flow -> FlowResource.of(flow, heads.get(flow.name()), null))
                .toList());
    }

    @GetMapping("/{name}")
    ResponseEntity<?> show(
            Caller caller,
            @PathVariable String name,
            @org.springframework.web.bind.annotation.RequestHeader(value = "Accept", required = false) @Nullable
                    String accept) {
        ShopId shop = caller.requireShop();
        Shown shown = shown(shop, name);
        if (accept != null && accept.contains("yaml")) {
            return ResponseEntity.ok()
                    .header("Content-Type", "application/yaml;charset=UTF-8")
                    .body(shown.text().getBytes(StandardCharsets.UTF_8));
        }
        return ResponseEntity.ok(Answer.of(FlowResource.of(shown.flow(), shown.head(), shown.text())));
    }

    @GetMapping("/{name}/versions")
    Answer<List<Resource<FlowResource.Version>>> versions(
            Caller caller, @PathVariable String name, @RequestParam(defaultValue = "" + MAX_LIMIT) int limit) {
        checkLimit(limit);
        ShopId shop = caller.requireShop();
        FlowHead head = FlowController.<@Nullable FlowHead>reached(() -> store.head(shop, name));
        if (head == null && copies.builtIn().get(name) == null) {
            throw notFound();
        }
        return Answer.of(reached(() -> store.versions(shop, name)).stream()
                .limit(limit)
                .map(row -> FlowResource.of(row, head))
                .toList());
    }

    @PutMapping(
            path = "/{name}",
            consumes = {
                "application/yaml",
                "application/x-yaml",
                "text/yaml",
                "text/x-yaml",
                "text/plain",
                "application/json",
                "application/octet-stream"
            })
    ResponseEntity<Answer<Resource<FlowResource.Attributes>>> put(
            Caller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String tails,
            @RequestHeader("Content-Type") MediaType type,
            InputStream body)
            throws IOException {
        ShopId shop = caller.requireShop();
        String text = text(type, body);
        Flow flow = load(copies, shop, name, text);
        String digits = tails == null ? null : digits(List.of(tails.split(",")));
        var put = reached(() -> store.put(shop, name, flow.version(), text, digits));
        copies.refresh(shop);
        var answer = Answer.of(FlowResource.of(flow, put.head(), text));
        return put.created()
                ? ResponseEntity.created(URI.create("/api/v1/flows/" + name)).body(answer)
                : ResponseEntity.ok(answer);
    }

    /// Which versions talk to whom.
    ///
    /// @param version for all, 0 or absent with `canary` for the one that does now
    /// @param canary for the tails, absent for none
    record Choice(
            @Nullable Integer version,
            @Nullable Integer canary,
            @Nullable List<@Nullable Integer> tails) {}

    @PutMapping("/{name}/canary")
    Answer<Resource<FlowResource.Attributes>> choose(
            Caller caller, @PathVariable String name, @RequestBody Choice choice) {
        ShopId shop = caller.requireShop();
        String digits = digits(choice.tails() == null ? List.of() : choice.tails());
        Integer canary = choice.canary();
        if ((canary == null) != digits.isEmpty()) {
            throw ProblemException.invalid("tails", "belongs to a canary, and a canary needs some");
        }
        FlowHead before = FlowController.<@Nullable FlowHead>reached(() -> store.head(shop, name));
        if (before == null) {
            throw notFound();
        }
        int version = choice.version() == null ? before.version() : choice.version();
        copies.catchUp(shop);
        for (int chosen : canary == null ? new int[] {version} : new int[] {version, canary}) {
            Flow flow = copies.version(shop, name, chosen);
            if (flow != null) {
                checkCircles(copies, shop, flow);
            }
        }
        FlowHead head = FlowController.<@Nullable FlowHead>reached(
                () -> store.choose(shop, name, version, canary == null ? 0 : canary, digits));
        if (head == null) {
            throw ProblemException.invalid("version", "and canary must be versions of this flow that are kept");
        }
        copies.refresh(shop);
        Shown shown = shown(shop, name);
        return Answer.of(FlowResource.of(shown.flow(), head, shown.text()));
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String name) {
        ShopId shop = caller.requireShop();
        if (!reached(() -> store.delete(shop, name))) {
            throw notFound();
        }
        copies.refresh(shop);
        return ResponseEntity.noContent().build();
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid("limit", "must be a number from 1 to " + MAX_LIMIT);
        }
    }

    /// A flow as it talks to most.
    private record Shown(Flow flow, @Nullable FlowHead head, String text) {}

    private Shown shown(ShopId shop, String name) {
        FlowHead head = FlowController.<@Nullable FlowHead>reached(() -> store.head(shop, name));
        if (head != null && head.version() != FlowHead.BUILT_IN) {
            for (FlowRow row : reached(() -> store.versions(shop, name))) {
                if (row.version() == head.version()) {
                    return new Shown(load(copies.loader(), name, row.body()), head, row.body());
                }
            }
        }
        var builtIn = copies.builtIn().get(name);
        if (builtIn == null) {
            throw notFound();
        }
        return new Shown(builtIn.flow(), head, builtIn.text());
    }

    /// Loads what a merchant wrote, to stand beside the other flows of the shop.
    ///
    /// @throws ProblemException with a field for each fault
    static Flow load(FlowCopies copies, ShopId shop, String name, String text) {
        Flow flow = load(copies.loader(), name, text);
        copies.catchUp(shop);
        checkCircles(copies, shop, flow);
        return flow;
    }

    private static void checkCircles(FlowCopies copies, ShopId shop, Flow flow) {
        var faults = FlowCircles.of(flow, copies.of(shop)::talking);
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
    }

    /// Loads what a merchant wrote.
    ///
    /// @throws ProblemException with a field for each fault
    private static Flow load(FlowLoader loader, String name, String text) {
        String file = name + ".yml";
        try {
            Flow flow = loader.load(file, text);
            if (flow.name().equals(name)) {
                return flow;
            }
            throw invalid(List.of(new Fault(
                    file, 1, "the flow is called `" + flow.name() + "`", "write flow: " + name + ", or put it there")));
        } catch (InvalidFile e) {
            throw invalid(e.faults());
        }
    }

    /// The problem with a file: one field for each fault.
    static ProblemException invalid(Collection<Fault> faults) {
        var problem = new ProblemException(ProblemCode.INVALID_REQUEST, "the flow is not valid");
        faults.forEach(fault -> problem.field(fault.place(), fault.words()));
        return problem;
    }

    /// A body as text, UTF-8 if it does not say.
    static String text(MediaType type, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "a flow may have 1 MiB");
        }
        return BodyText.of(bytes, Objects.requireNonNullElse(type.getCharset(), StandardCharsets.UTF_8));
    }

    private static String digits(Collection<?> tails) {
        var digits = new TreeSet<String>();
        for (Object tail : tails) {
            String digit = String.valueOf(tail).strip();
            if (!digit.matches("[0-9]")) {
                throw ProblemException.invalid("tails", "must be digits, 0 to 9");
            }
            digits.add(digit);
        }
        return String.join("", new ArrayList<>(digits));
    }

    /// Does what needs the database; 503 if that does not answer.
    static <T extends @Nullable Object> T reached(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the flows cannot be reached at the moment", e)
                    .header("Retry-After", "2");
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "there is no such flow");
    }
}
