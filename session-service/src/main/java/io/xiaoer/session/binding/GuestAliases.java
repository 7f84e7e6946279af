package io.xiaoer.session.binding;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.session.archive.Aliases;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads `guest_alias`.
@Component
public class GuestAliases implements Aliases {

    private final AliasMapper mapper;

    GuestAliases(AliasMapper mapper) {
        this.mapper = mapper;
    }

    /// Holds back a binding of this guest until the caller's transaction ends.
    ///
    /// @return false if the guest has become a user
    public boolean holdUnbound(UserKey guest) {
        return guest.kind() != UserKey.Kind.GUEST
                || Tenant.call(guest.shop(), () -> mapper.lock(guest.shop(), guest.name()) == null);
    }

    @Override
    public List<Guest> guestsOf(UserKey user) {
        if (user.kind() != UserKey.Kind.USER) {
            return List.of();
        }
        return Tenant.call(user.shop(), () -> mapper.findOf(user.shop(), user.name())).stream()
                .map(row -> new Guest(row.guest(), row.done()))
                .toList();
    }

    @Override
    public Optional<Bound> userOf(UserKey guest) {
        if (guest.kind() != UserKey.Kind.GUEST) {
            return Optional.empty();
        }
        return Tenant.call(guest.shop(), () -> Optional.ofNullable(mapper.find(guest.shop(), guest.name())))
                .map(row -> new Bound(row.user(), row.done()));
    }
}
