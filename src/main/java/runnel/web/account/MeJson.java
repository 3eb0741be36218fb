package runnel.web.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import runnel.account.User;
import runnel.web.http.Json;

/// The visitor's own account, as it is told to them.
final class MeJson {
    private MeJson() {}

    static ObjectNode of(User user) {
        return Json.object().put("id", user.id()).put("name", user.name()).put("email", user.email())
                .put("role", user.role().wire()).put("verified", user.verified());
    }
}
