import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDocument } from './document.ts';
import { problemOf, replyWithProblem } from './problem.ts';

/** Answers for what is not there: 405 with what there is where only the method is wrong, else 404. */
export function createMissing(document: ApiDocument) {
  const known = Object.entries(document.paths).map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace(/[.]/g, '[.]').replace(/\{\w+\}/g, '[^/]+')}$`),
    methods: Object.keys(methods).map((method) => method.toUpperCase()),
  }));
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const [path = ''] = request.url.split('?');
    const methods = known.flatMap((each) => (each.pattern.test(path) ? each.methods : []));
    if (methods.length === 0) return replyWithProblem(reply, problemOf(404));
    const allowed = [...new Set(methods)].join(', ');
    return replyWithProblem(reply.header('allow', allowed), {
      status: 405,
      title: `This takes ${allowed}, not ${request.method}.`,
    });
  };
}
