package runnel.web;

import io.javalin.http.Context;
import runnel.account.User;

/// Who is asking.
interface Visitors {
    User of(Context ctx);
}
