package runnel.upstream;

import runnel.chat.Problem;

/// The upstream could not do what was asked; the problem says why.
public final class UpstreamException extends RuntimeException {
    private final transient Problem problem;

    public UpstreamException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
