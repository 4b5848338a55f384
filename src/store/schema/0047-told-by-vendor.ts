/** Whether a bounce was told by a mail vendor that signs in, not by a mail that anybody can write. */
export const toldByVendorSchema: readonly string[] = [
  `alter table public.feedback add column is_told boolean not null default false`,
];
