package io.xiaoer.ordersync.source;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.outgoing.PublicAddresses;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Overtaken;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where a merchant says from which platforms its orders come.
@RestController
@RequestMapping("/api/v1/sources/{source}")
class SourceController {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Sources sources;
    private final PublicAddresses addresses;

    SourceController(Sources sources, PublicAddresses addresses) {
        this.sources = sources;
        this.addresses = addresses;
    }

    @PutMapping
    ResponseEntity<Answer<Resource<SourceView>>> put(
            Caller caller, @PathVariable String source, @RequestBody SourceWish wish) {
        if (!NAME.matcher(source).matches()) {
            throw ProblemException.invalid("source", "must have 1 to 32 of a-z 0-9 -");
        }
        var checked = wish.checked(addresses);
        var put = Overtaken.again(() -> sources.put(caller.requireShop(), source, checked));
        var answer = Answer.of(SourceView.of(put.source(), put.secret()));
        return put.created()
                ? ResponseEntity.created(URI.create("/api/v1/sources/" + source))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    @GetMapping
    Answer<Resource<SourceView>> show(Caller caller, @PathVariable String source) {
        return sources.find(caller.requireShop(), source)
                .map(found -> Answer.of(SourceView.of(found, null)))
                .orElseThrow(SourceController::unknown);
    }

    @DeleteMapping
    ResponseEntity<Void> delete(Caller caller, @PathVariable String source) {
        if (!sources.delete(caller.requireShop(), source)) {
            throw unknown();
        }
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/rotate")
    Answer<Resource<SourceView>> rotate(Caller caller, @PathVariable String source) {
        var rotated = sources.rotate(caller.requireShop(), source);
        return Answer.of(SourceView.of(rotated.source(), rotated.secret()));
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such source");
    }
}
