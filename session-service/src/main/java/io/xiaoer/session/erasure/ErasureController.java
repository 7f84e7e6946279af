package io.xiaoer.session.erasure;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// How a shop's backend has a shopper's data erased.
@RestController
class ErasureController {

    private static final Logger LOGGER = LoggerFactory.getLogger(ErasureController.class);

    private final Erasure erasure;

    ErasureController(Erasure erasure) {
        this.erasure = erasure;
    }

    /// How far it is.
    enum Status {
        /// Nothing is shown or stored any more; what is left is deleted in a moment.
        ERASING,
        ERASED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Attributes(Status status) {}

    /// Repeatable; a shopper who is not known is erased as well.
    @DeleteMapping("/api/v1/users/{userId}")
    ResponseEntity<Answer<Resource<Attributes>>> erase(Caller caller, @PathVariable String userId) {
        var shop = caller.requireShop();
        if (!UserKey.isUserId(userId)) {
            throw ProblemException.invalid("user_id", "must be 1 to 64 printable characters");
        }
        var status = erase(namesOf(shop, userId), Objects.requireNonNullElse(caller.clientId(), caller.subject()));
        return ResponseEntity.status(status == Status.ERASED ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(Answer.of(new Resource<>(userId, "erasure", new Attributes(status))));
    }

    /// A guest's id is given by the suite, so a shop that names one means that guest.
    private static List<UserKey> namesOf(ShopId shop, String userId) {
        return List.of(new UserKey(shop, UserKey.Kind.USER, userId), new UserKey(shop, UserKey.Kind.GUEST, userId));
    }

    private Status erase(List<UserKey> names, String actor) {
        List<ErasureRow> work;
        try {
            work = erasure.commit(names, actor);
        } catch (DataAccessException | TransactionException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "Not possible at the moment, try again", e)
                    .header("Retry-After", "1");
        }
        try {
            work.forEach(erasure::finish);
            return Status.ERASED;
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("An erasure is finished later");
            return Status.ERASING;
        }
    }
}
